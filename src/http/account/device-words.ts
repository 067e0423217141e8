import type { Translate } from '../../messages/translate.ts';

/** What kind of device this is, as far as its browser says: a name to begin with, which the person can change. */
export function deviceWords(userAgent: string, t: Translate): string {
  if (/iPhone/.test(userAgent)) return 'iPhone';
  if (/iPad/.test(userAgent)) return 'iPad';
  if (/Android/.test(userAgent)) return t('factors.device.android');
  if (/Windows/.test(userAgent)) return t('factors.device.windows');
  if (/Macintosh/.test(userAgent)) return t('factors.device.mac');
  return t('factors.device.other');
}
