/** Texts of this feature. */
export const cohorts = {};
