import * as OTPAuth from 'otpauth';
import { z } from 'zod';
import { SECOND } from '../clock/clock.ts';
import { translator } from '../messages/translate.ts';
import { inserted } from '../storage/amendment.ts';
import type { Collection, CollectionDefinition } from '../storage/contract.ts';

const PERIOD = 30;
const DIGITS = 6;

export interface TotpUse {
  readonly used_at: number;
  /** The sign-in that it opened. */
  readonly used_by: string;
}

/** Steps already used, by subject; a row per accepted code, gone once the step can no longer be accepted. */
export const totpUses: CollectionDefinition<TotpUse> = {
  name: 'totp_uses',
  schema: z.strictObject({ used_at: z.number(), used_by: z.string() }),
  spread: 'bucket',
};

/** What people type: spaces and full-width digits forgiven; undefined when it is not six digits. */
export function normalizeTotpCode(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(/[\s.-]/gu, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
}

/** What a QR code for an app holds (otpauth:, as authenticator apps read it). */
export const totpAddress = (secret: string, label: string): string =>
  new OTPAuth.TOTP({
    secret: OTPAuth.Secret.fromBase32(secret),
    issuer: translator('vi')('common.siteName'),
    label,
    digits: DIGITS,
    period: PERIOD,
    algorithm: 'SHA1',
  }).toString();

/** The time step (RFC 6238) that a code belongs to: the current one or the one before, else undefined. */
export function matchingStep(secret: string, code: string, now: number): number | undefined {
  const totp = new OTPAuth.TOTP({
    secret: OTPAuth.Secret.fromBase32(secret),
    digits: DIGITS,
    period: PERIOD,
    algorithm: 'SHA1',
  });
  const current = Math.floor(now / SECOND / PERIOD);
  return [current, current - 1].find(
    (step) => totp.validate({ token: code, timestamp: step * PERIOD * SECOND, window: 0 }) === 0,
  );
}

/**
 * Takes a step for one sign-in. False when another took it: a code opens one door once (RFC 6238 5.2). The second
 * of two clicks in the same sign-in is no replay.
 */
export async function takeStep(
  uses: Collection<TotpUse>,
  subject: string,
  step: number,
  use: TotpUse,
): Promise<boolean> {
  const id = `${subject}:${step}`;
  if (await inserted(uses, id, use, (step + 3) * PERIOD * SECOND)) return true;
  return (await uses.get(id))?.doc.used_by === use.used_by;
}
