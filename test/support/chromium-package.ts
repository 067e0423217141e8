import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What starts the browser of the registry package: its binary, and the environment that finds its own files. */
export interface PackedChromium {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

const modules = join(import.meta.dirname, '..', '..', 'node_modules');
const cache = join(modules, '.cache');

const installedVersion = (): string => {
  const manifest = readFileSync(join(modules, '@sparticuz', 'chromium', 'package.json'), 'utf8');
  const { version }: { version: string } = JSON.parse(manifest);
  return version;
};

const unpackScript = fileURLToPath(new URL('./unpack-chromium.ts', import.meta.url));

/** The package's own names /tmp/fonts. Its one family carries Vietnamese; the machine's fonts are left out. */
const fontconfig = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;

/**
 * In a process of its own, because the package works on the environment of whoever imports it; in a folder of its
 * own, which takes its name only when it is whole: of workers that race, one wins. The runtime it is told makes
 * it unpack also the libraries that slim images lack.
 */
const unpackInto = async (home: string): Promise<void> => {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'chromium-draft-'));
  try {
    const env = { TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' };
    await promisify(execFile)(process.execPath, [unpackScript], { env });
    writeFileSync(join(draft, 'fonts.conf'), fontconfig);
    renameSync(draft, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
};

/** Unpacks the browser once for each version and work tree (about three seconds), and keeps it in node_modules. */
export const packedChromium = async (): Promise<PackedChromium> => {
  const home = join(cache, `chromium-${installedVersion()}`);
  if (!existsSync(home)) await unpackInto(home);
  return {
    executablePath: join(home, 'chromium'),
    env: {
      HOME: home,
      XDG_CACHE_HOME: join(home, 'cache'),
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
    },
  };
};
