import { argon2Sync } from 'node:crypto';

/** What a hash costs. */
export interface Argon2Cost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly parallelism: number;
}

export interface Argon2Job {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: Argon2Cost;
}

export const HASH_BYTES = 32;

/** argon2id version 1.3 (RFC 9106) of 32 bytes. Blocks its thread for the whole computation. */
export type Argon2id = (job: Argon2Job, pepper: Uint8Array) => Buffer;

/** The runtime's own: always there, 2.5 times slower. */
export const runtimeArgon2id: Argon2id = ({ password, salt, cost }, pepper) =>
  argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    secret: pepper,
    memory: cost.memoryKib,
    passes: cost.passes,
    parallelism: cost.parallelism,
    tagLength: HASH_BYTES,
  });

/** The prebuilt binding; throws where there is none for this platform. */
export async function prebuiltArgon2id(): Promise<Argon2id> {
  const { hashRawSync } = await import('@node-rs/argon2');
  return ({ password, salt, cost }, pepper) =>
    hashRawSync(password, {
      algorithm: 2,
      version: 1,
      salt,
      secret: pepper,
      memoryCost: cost.memoryKib,
      timeCost: cost.passes,
      parallelism: cost.parallelism,
      outputLen: HASH_BYTES,
    });
}

/** The prebuilt binding or, with a warning, the runtime's. Both give the same bytes. */
export async function availableArgon2id(
  prebuilt: () => Promise<Argon2id> = prebuiltArgon2id,
): Promise<Argon2id> {
  try {
    return await prebuilt();
  } catch {
    process.emitWarning(
      '@node-rs/argon2 has no binding here: sign-ins cost 2.5 times as much',
      'SlowPasswordHashing',
    );
    return runtimeArgon2id;
  }
}
