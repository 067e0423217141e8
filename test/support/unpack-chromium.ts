/** Run as a process of its own by chromium-package.ts: unpacks the browser into the folder that TMPDIR names. */
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
