/** Texts of this feature. */
export const catalog = {};
