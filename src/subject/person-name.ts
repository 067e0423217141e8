/** One spelling of a name: NFC, single spaces. Letters, case and order are the person's own. */
export const normalizeName = (name: string): string => name.normalize('NFC').trim().replace(/\s+/gu, ' ');

/**
 * Enough for its owner to recognise it: "N••• V••• A•••". Every word is treated alike, because which one is the
 * given name differs between peoples; the dots do not tell a word's length.
 */
export const maskName = (name: string): string =>
  normalizeName(name)
    .split(' ')
    .map((word) => `${[...word][0] ?? ''}•••`)
    .join(' ');
