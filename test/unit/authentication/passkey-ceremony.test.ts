import { describe, expect, it } from 'vitest';
import { createPasskeyCeremony } from '../../../src/authentication/passkey-ceremony.ts';
import type { Passkey } from '../../../src/subject/passkeys.ts';
import { type Bent, openAuthenticator } from '../../support/authenticator.ts';

const issuer = 'https://id.tinhmau.example';
const ceremony = createPasskeyCeremony({ issuer });
const handle = Buffer.alloc(32, 9).toString('base64url');

async function enrol(bent: Bent = {}) {
  const phone = openAuthenticator(issuer);
  const challenge = ceremony.newChallenge();
  const options = await ceremony.creationOptions({ challenge, handle, userName: 'An', known: [] });
  return { phone, made: await ceremony.verifyAttestation(phone.create(options, bent), challenge) };
}

async function enrolled() {
  const { made, phone } = await enrol();
  if (made === undefined) throw new Error('the passkey was not enrolled');
  const passkey: Passkey = { ...made, name: 'Máy', added_at: '2026-11-21T00:00:00Z' };
  const challenge = ceremony.newChallenge();
  const check = (posted: string, asked = challenge) => {
    const assertion = ceremony.readAssertion(posted);
    return assertion && ceremony.verifyAssertion(assertion, asked, passkey);
  };
  return { phone, passkey, check, options: await ceremony.requestOptions(challenge) };
}

describe('a new passkey', () => {
  it.each<[string, Bent]>([
    ['made at another address', { origin: 'https://id.tinhmau.example.evil.example' }],
    ['made at the address without https', { origin: 'http://id.tinhmau.example' }],
    ['of another site', { rpId: 'tinhmau.example' }],
    ['without a person there', { present: false }],
    ['without the person verified', { verified: false }],
    ['that answers another question', { type: 'webauthn.get' }],
    ['of an algorithm that is not on the list', { algorithm: -36 }],
    ['that brings a statement to be checked elsewhere', { format: 'tpm' }],
    ['that brings a statement of a phone', { format: 'android-safetynet' }],
  ])('%s is refused', async (_, bent) => {
    expect((await enrol(bent)).made).toBeUndefined();
  });

  it('that answers another challenge is refused', async () => {
    const phone = openAuthenticator(issuer);
    const posted = phone.create({ challenge: ceremony.newChallenge(), user: { id: handle } });
    expect(await ceremony.verifyAttestation(posted, ceremony.newChallenge())).toBeUndefined();
  });

  it.each(['', '{}', 'null', '[]', '{"id":"a"}', `"${'a'.repeat(20_000)}"`, '{"response":'])(
    'that is no answer at all (%#) is refused',
    async (posted) => {
      expect(await ceremony.verifyAttestation(posted, ceremony.newChallenge())).toBeUndefined();
      expect(ceremony.readAssertion(posted)).toBeUndefined();
    },
  );

  it('is taken', async () => {
    const { made, phone } = await enrol();
    expect(made).toMatchObject({ id: phone.id, counter: 0, synced: false });
  });
});

describe('a sign-in by passkey', () => {
  it.each<[string, Bent]>([
    ['at another address', { origin: 'https://id.tinhmau.example.evil.example' }],
    ['of another site', { rpId: 'tinhmau.example' }],
    ['without the person verified', { verified: false }],
    ['without a person there', { present: false }],
    ['that answers another question', { type: 'webauthn.create' }],
  ])('%s is refused', async (_, bent) => {
    const { check, options, phone } = await enrolled();
    expect(await check(phone.get(options, bent))).toBeUndefined();
  });

  it('with another challenge is refused', async () => {
    const { check, options, phone } = await enrolled();
    expect(await check(phone.get(options), ceremony.newChallenge())).toBeUndefined();
  });

  it('with another key is refused', async () => {
    const { check, options, passkey } = await enrolled();
    const other = openAuthenticator(issuer);
    other.create({ ...options, user: { id: handle } });
    const posted = JSON.parse(other.get(options));
    expect(await check(JSON.stringify({ ...posted, id: passkey.id, rawId: passkey.id }))).toBeUndefined();
  });

  it('tells the counter, whatever it is: that it moves on is decided where it is kept', async () => {
    const { check, options, phone } = await enrolled();
    expect(await check(phone.get(options, { counter: 7 }))).toBe(7);
    expect(await check(phone.get(options, { counter: 0 }))).toBe(0);
  });
});

describe('what the browser is asked', () => {
  it('is any passkey of this host, with the person verified, and names nobody', async () => {
    const asked = await ceremony.requestOptions(ceremony.newChallenge());
    expect(asked).toMatchObject({ rpId: 'id.tinhmau.example', userVerification: 'required' });
    expect(asked.allowCredentials ?? []).toEqual([]);
  });

  it('for a new one is a passkey that is found without a name, and no statement', async () => {
    const asked = await ceremony.creationOptions({
      challenge: ceremony.newChallenge(),
      handle,
      userName: 'An',
      known: [{ id: 'AAAA' }],
    });
    expect(asked).toMatchObject({
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: 'AAAA' }],
      user: { id: handle },
    });
    expect(asked.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-7, -8, -257]);
  });
});
