/** Characters that the label of a held sale may have: it has to be read at a glance. */
export const LABEL_MAX = 16;
