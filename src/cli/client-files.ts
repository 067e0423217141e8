import { type ClientKeys, readClientKeys } from '../relying-party/client-keys.ts';
import type { ClientFlags } from './client-flags.ts';
import { readInputFile } from './input-file.ts';
import { parseScopesFile, type ScopesFile } from './scopes-file.ts';

/** What the files named by flags hold; `problems` names flag and file. */
export interface ClientFiles {
  readonly scopes: ScopesFile;
  readonly keys?: ClientKeys;
  readonly problems: readonly string[];
}

/** Reads the files that `client add` was given, all problems at once. */
export async function readClientFiles({ scopesFile, jwks }: ClientFlags): Promise<ClientFiles> {
  const scopes =
    scopesFile === undefined ? undefined : await read('--scopes-file', scopesFile, parseScopesFile);
  const keys = jwks === undefined ? undefined : await read('--jwks', jwks, parseKeys);
  return {
    scopes: scopes && 'scopes' in scopes ? scopes.scopes : new Map(),
    ...(keys && 'jwks' in keys && { keys }),
    problems: [scopes, keys].flatMap((result) => (result && 'problems' in result ? result.problems : [])),
  };
}

interface Problems {
  readonly problems: readonly string[];
}

async function read<T extends object>(
  flag: string,
  file: string,
  parse: (text: string) => T | Problems,
): Promise<T | Problems> {
  const content = await readInputFile(file);
  const result = 'problem' in content ? { problems: [content.problem] } : parse(content.text);
  return 'problems' in result
    ? { problems: result.problems.map((problem) => `${flag} ${file}: ${problem}`) }
    : result;
}

function parseKeys(text: string): ClientKeys | Problems {
  try {
    return readClientKeys(JSON.parse(text));
  } catch (error) {
    // The parser's own message quotes the file, which may hold a private key by mistake.
    if (error instanceof SyntaxError) return { problems: ['is not JSON'] };
    throw error;
  }
}
