/** A path as the library's router compares it: letter case and one slash at the end make no difference. */
export const endpointOf = (path: string): string => path.replace(/(?<=.)\/$/, '').toLowerCase();
