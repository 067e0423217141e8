import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Flags that say who a portal is, and flags with which it can be registered. */
export const who = ['--name', 'Cổng một cửa', '--organization', 'Sở Mẫu'];
export const basic = [...who, '--redirect-uri', 'https://rp.example/cb'];

const keyPair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
/** The two halves of a key of the portal. */
export const publicJwk = { ...keyPair.publicKey.export({ format: 'jwk' }), kid: '2026-11' };
export const privateJwk = keyPair.privateKey.export({ format: 'jwk' });

/** A fresh folder for files that flags name. */
export async function createInputFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-cli-'));
  return {
    folder,
    /** Writes a file, JSON unless it is text, and gives its path. */
    async fileOf(name: string, content: unknown): Promise<string> {
      const file = join(folder, name);
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
