/** Exit codes of every command. */
export const EXIT = { done: 0, fault: 1, badInput: 2, cancelled: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
