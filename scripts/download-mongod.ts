import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { MongoBinary } from 'mongodb-memory-server-core';

/** Downloads the mongod of `mongodb-memory-server` into its cache. Says why not, within seconds, where it cannot. */

const SOURCE = 'https://fastdl.mongodb.org/';

const download = async (): Promise<string> => {
  // The download itself would wait for minutes.
  await fetch(SOURCE, { method: 'HEAD', signal: AbortSignal.timeout(4_000) }).catch(() => {
    throw new Error(`${SOURCE} is not reachable`);
  });
  const binary = await MongoBinary.getPath();
  const { status, stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  if (status === 0) return `mongod ${/v([\d.]+)/.exec(stdout)?.[1] ?? ''} in ${binary}`;
  // The tests would find it and fail.
  rmSync(binary);
  throw new Error('the mongod that was downloaded does not run on this system');
};

try {
  console.log(await download());
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
