/** Texts of this feature. */
export const quiz = {};
