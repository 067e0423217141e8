import { type AuditEvent, auditEvents, createAuditTrail } from '../../../src/audit/trail.ts';
import { systemClock } from '../../../src/clock/clock.ts';
import { type Deliveries, startDeliveries } from '../../../src/jobs/deliveries.ts';
import { createOutbox, type Outbox, outboxRows, type Waiting } from '../../../src/outbox/outbox.ts';
import { createLetterWriter } from '../../../src/outbox/render.ts';
import { createSmtpTransport, type SmtpSettings } from '../../../src/outbox/smtp.ts';
import type { Transport } from '../../../src/outbox/transport.ts';
import type { Storage } from '../../../src/storage/contract.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { openTestStorage } from '../../support/storage.ts';
import { issuer } from '../../unit/outbox/sample-letters.ts';

/** One instance's part in sending letters. */
export interface Instance {
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
}

export interface PostOffice extends Instance {
  readonly storage: Storage;
  /** Another instance on the same storage. */
  open(transport: Transport): Instance;
  readonly logged: readonly Record<string, unknown>[];
  /** What waits, claimed or not. */
  waiting(): Promise<Waiting[]>;
  audited(): Promise<AuditEvent[]>;
  close(): Promise<void>;
}

const write = createLetterWriter({
  province: { vi: 'Tỉnh Mẫu', en: 'Sample Province' },
  accent: { light: '#0b5cad', onLight: '#ffffff' },
});

/** The outbox, the job and a fresh storage; rounds begin by `run`, or when a letter is put in. */
export async function openPostOffice(transport: Transport): Promise<PostOffice> {
  const { storage, close } = await openTestStorage();
  const logged: Record<string, unknown>[] = [];
  const log = createLog({
    level: 'debug',
    destination: { write: (line: string) => void logged.push(JSON.parse(line)) },
  });
  const started: Deliveries[] = [];
  const open = (by: Transport): Instance => {
    const clock = systemClock;
    const outbox = createOutbox({ storage, clock, issuer });
    const audit = createAuditTrail({ storage, clock });
    const parts = { outbox, write, audit, storage, clock, log, interval: 3600 };
    const deliveries = startDeliveries({ ...parts, transport: by });
    started.push(deliveries);
    return { outbox, deliveries };
  };
  return {
    ...open(transport),
    storage,
    open,
    logged,
    waiting: async () => (await storage.collection(outboxRows).scan()).map(({ doc }) => doc),
    audited: async () => (await storage.collection(auditEvents).scan()).map(({ doc }) => doc),
    async close() {
      await Promise.all(started.map((deliveries) => deliveries.stop()));
      await close();
    },
  };
}

/** A transport to a server on loopback, named as certificates name it. */
export const smtpTo = (port: number, settings: Partial<SmtpSettings> = {}): Transport =>
  createSmtpTransport({
    url: `smtp://localhost:${port}`,
    from: { address: 'khong-tra-loi@tinhmau.example', name: 'Một Cửa ID' },
    plainLoopback: false,
    ...settings,
  });
