import { createHash, randomInt } from 'node:crypto';
import { z } from 'zod';
import { type Clock, MINUTE } from '../clock/clock.ts';
import { amend, inserted } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import type { SubjectId } from '../subject/subject.ts';

const requestSchema = z.strictObject({
  subject: z.string(),
  /** The device that asks. */
  device: z.string(),
  name: z.string(),
  place: z.string().optional(),
  /** Where it signs in: client_id. */
  relying_party: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number().int(),
  /** What it shows; the person has to find it among the choices. */
  number: z.number().int(),
  choices: z.array(z.number().int()),
  decision: z.enum(['confirmed', 'refused']).optional(),
});
/** A new device asks to be confirmed on one that is known. */
export type DeviceRequest = Readonly<z.infer<typeof requestSchema>>;

export const deviceRequests: CollectionDefinition<DeviceRequest> = {
  name: 'device_requests',
  schema: requestSchema,
  sealed: true,
  spread: 'bucket',
  indexes: { subject: ({ subject }) => subject },
  bucketed: ['subject'],
};

/** How long a request waits. */
export const REQUEST_LIFETIME = 10 * MINUTE;
const CHOICES = 3;

/** Which request: that of one device in one sign-in. */
export interface RequestKey {
  readonly subject: SubjectId;
  readonly device: string;
  /** Names the sign-in. */
  readonly signIn: string;
}

/** `over`: decided before, ended, or no such request. */
export type DecisionOutcome = 'confirmed' | 'refused' | 'over';

export interface WaitingRequest {
  readonly id: string;
  readonly request: DeviceRequest;
}

/**
 * Requests of new devices. A confirmation is worth something to the device and in the sign-in that asked, and nowhere
 * else. Each is decided once.
 */
export interface DeviceRequests {
  /** One for each sign-in, also where it was refused: whoever was refused cannot ask again. */
  ask(key: RequestKey, about: Pick<DeviceRequest, 'name' | 'place' | 'relying_party'>): Promise<void>;
  /** How the request of a sign-in stands; undefined where there is none, or another device asked. */
  standing(key: RequestKey): Promise<DeviceRequest | undefined>;
  /** Those of a person that wait to be decided, on another device than `except`. */
  waiting(subject: SubjectId, except?: string): Promise<WaitingRequest[]>;
  /** By its id, decided or not; undefined where it is not this person's. */
  find(subject: SubjectId, id: string): Promise<DeviceRequest | undefined>;
  /** The right number confirms; any other refuses, so that nobody tries all three. */
  choose(subject: SubjectId, id: string, number: number): Promise<DecisionOutcome>;
  refuse(subject: SubjectId, id: string): Promise<DecisionOutcome>;
  /** All of a person, also those that were confirmed and whose sign-in has not gone on. */
  refuseAll(subject: SubjectId): Promise<void>;
}

export function createDeviceRequests(deps: {
  readonly storage: Storage;
  readonly clock: Clock;
}): DeviceRequests {
  const { clock, storage } = deps;
  const rows = storage.collection(deviceRequests);
  const rowId = (subject: SubjectId, id: string) => `${subject}:${id}`;

  async function decide(
    subject: SubjectId,
    id: string,
    decision: (request: DeviceRequest) => 'confirmed' | 'refused',
  ): Promise<DecisionOutcome> {
    // A row that has ended meanwhile must not be written anew: where there is none nothing is written.
    const decided = await amend(rows, rowId(subject, id), (request) =>
      request === undefined || request.decision !== undefined
        ? undefined
        : { ...request, decision: decision(request) },
    );
    return decided?.decision ?? 'over';
  }

  return {
    find: async (subject, id) => (await rows.get(rowId(subject, id)))?.doc,
    async ask({ device, signIn, subject }, about) {
      const choices = threeNumbers();
      const request = {
        subject,
        device,
        ...about,
        at: clock.now(),
        number: choices[randomInt(CHOICES)] ?? 0,
        choices,
      };
      await inserted(rows, rowId(subject, hashOf(signIn)), request, clock.now() + REQUEST_LIFETIME);
    },
    async standing({ device, signIn, subject }) {
      const request = (await rows.get(rowId(subject, hashOf(signIn))))?.doc;
      return request?.device === device ? request : undefined;
    },
    async waiting(subject, except) {
      const found = await rows.find('subject', subject);
      return found
        .filter(({ doc }) => doc.decision === undefined && doc.device !== except)
        .map(({ doc, id }) => ({ id: id.slice(subject.length + 1), request: doc }));
    },
    choose: (subject, id, number) =>
      decide(subject, id, (request) => (request.number === number ? 'confirmed' : 'refused')),
    refuse: (subject, id) => decide(subject, id, () => 'refused'),
    async refuseAll(subject) {
      const found = await rows.find('subject', subject);
      const refuse = (id: string) =>
        amend(rows, id, (request) =>
          request === undefined || request.decision === 'refused'
            ? undefined
            : { ...request, decision: 'refused' as const },
        );
      await Promise.all(found.map(({ id }) => refuse(id)));
    },
  };
}

/** Of two digits each, all different. */
function threeNumbers(): number[] {
  const numbers = new Set<number>();
  while (numbers.size < CHOICES) numbers.add(randomInt(10, 100));
  return [...numbers];
}

const hashOf = (signIn: string): string =>
  createHash('sha256').update(`sign-in ${signIn}`).digest('base64url').slice(0, 22);
