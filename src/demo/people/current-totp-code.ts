import { Secret, TOTP } from 'otpauth';

/** How long a code is the current one. */
export const STEP_SECONDS = 30;

/** The six-digit code of a base32 secret at a moment (milliseconds since the epoch; RFC 6238, SHA-1, 30 seconds). */
export const currentTotpCode = (secret: string, now: number): string =>
  new TOTP({
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
  }).generate({
    timestamp: now,
  });
