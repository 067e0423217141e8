import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as client from 'openid-client';
import { openBrowser, person, signIn } from '../support/citizen.ts';
import {
  endServer,
  fastHashing,
  openClient,
  runScript,
  type ServerProcess,
  startServer,
} from '../support/process.ts';

/**
 * How many bytes a person takes, and a sign-in: one level-2 journey with three papers, then the average row of each
 * collection. The sums of config/operations.md start from these figures.
 * Run: node test/bench/row-sizes.ts (about five seconds)
 */
const SCOPES = ['profile', 'identity', 'doc:id_card', 'doc:driving_licence', 'doc:health_insurance'];

const registerPortal = async (env: Record<string, string>) => {
  const { out, err } = await runScript(
    [
      ...[
        'scripts/admin.ts',
        'client',
        'add',
        '--json',
        '--name',
        'Cổng một cửa',
        '--organization',
        'UBND tỉnh Mẫu',
      ],
      ...['--redirect-uri', 'https://portal.example/cb', '--purpose', 'Điền sẵn tờ khai', '--refresh'],
      ...SCOPES.flatMap((scope) => ['--scope', scope]),
    ],
    env,
  );
  if (out === '') throw new Error(err);
  return JSON.parse(out);
};

const journey = async (server: ServerProcess, env: Record<string, string>): Promise<void> => {
  const { config, redirectUri } = await openClient(server, await registerPortal(env));
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const start = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: `openid offline_access ${SCOPES.join(' ')}`,
    prompt: 'consent',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const back = await signIn(openBrowser(server), start, person('all-documents'));
  const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier });
  await client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '');
};

const printSizes = (file: string): void => {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'motcua%'",
  );
  console.log('collection, rows, bytes of a row (identifier and body, without indexes)');
  for (const { name } of tables.all()) {
    const { rows, bytes } =
      database
        .prepare(
          `SELECT count(*) AS rows, round(avg(length(id) + length(CAST(body AS BLOB)))) AS bytes FROM "${name}"`,
        )
        .get() ?? {};
    if (rows !== 0) console.log(`${name}, ${rows}, ${bytes}`);
  }
  database.close();
};

const folder = await mkdtemp(join(tmpdir(), 'motcua-'));
const file = join(folder, 'motcua.db');
const env = { MOTCUA_STORAGE_URL: `sqlite:${file}`, ...fastHashing };
let server: ServerProcess | undefined;
try {
  server = await startServer({ env });
  await journey(server, { ...env, MOTCUA_ISSUER: server.issuer });
  printSizes(file);
} finally {
  await endServer(server);
  await rm(folder, { recursive: true });
}
