/** Characters that a manager's name, and a reason, may have: the journal keeps them for ever. */
export const MANAGER_MAX = 32;
export const WHY_MAX = 200;
