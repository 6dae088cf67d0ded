/** Texts of this feature. */
export const accounts = {};
