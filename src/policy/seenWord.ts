/**
 * A word whose text is known before it runs, or undefined where the shell makes it up. Of a program whose folder is
 * made up, what begins at its last slash.
 */
export type SeenWord = string | undefined;
