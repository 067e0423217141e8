import { createReadStream } from 'node:fs';

/** Bytes of one line at most; a longer one is no person. */
const LONGEST_LINE = 64 * 1024;
const NEWLINE = 0x0a;

/** One line of a file, numbered from 1; without text where it is too long or not UTF-8. */
export interface FileLine {
  readonly line: number;
  readonly text?: string;
  /** Bytes of the file up to its end. */
  readonly bytes: number;
}

/** The lines of a file one after another, however large it is; empty ones are left out. Rejects where it cannot be read. */
export async function* linesOf(file: string): AsyncGenerator<FileLine> {
  const held: Buffer[] = [];
  let [line, bytes, length] = [0, 0, 0];
  const taken = (): FileLine => {
    const text = length > LONGEST_LINE ? undefined : decoded(Buffer.concat(held));
    held.length = 0;
    [line, length] = [line + 1, 0];
    return { line, bytes, ...(text === undefined ? {} : { text }) };
  };
  for await (const chunk of createReadStream(file)) {
    for (const { piece, ends } of pieces(chunk)) {
      length += piece.length;
      bytes += piece.length + (ends ? 1 : 0);
      if (length <= LONGEST_LINE) held.push(Buffer.from(piece));
      if (!ends) continue;
      const whole = taken();
      if (!isEmpty(whole)) yield whole;
    }
  }
  if (length > 0) {
    const last = taken();
    if (!isEmpty(last)) yield last;
  }
}

/** A chunk cut at its line ends; `ends` where a line end follows the piece. */
function* pieces(chunk: Buffer): Generator<{ readonly piece: Buffer; readonly ends: boolean }> {
  let from = 0;
  for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
    yield { piece: chunk.subarray(from, end), ends: true };
    from = end + 1;
  }
  yield { piece: chunk.subarray(from), ends: false };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const isEmpty = ({ text }: FileLine): boolean => text?.trim() === '';
