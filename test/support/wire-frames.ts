import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;

/** The MongoDB wire protocol, as far as the tests take part in it: whole messages, and the commands in them. */
const HEADER = 16;
const OP_MSG = 2013;
/** A message of the protocol is never larger; a length beyond it means that the stream was misread. */
const LARGEST = 48_000_000;

export interface Frame {
  readonly bytes: Buffer;
  readonly requestId: number;
  /** In an answer: the request that it answers. */
  readonly responseTo: number;
  readonly opCode: number;
}

/** Cuts a stream into messages; call it with each part that arrives. */
export function createFrameReader(): (part: Buffer) => Frame[] {
  let rest: Buffer = Buffer.alloc(0);
  return (part) => {
    rest = Buffer.concat([rest, part]);
    const frames: Frame[] = [];
    while (rest.length >= HEADER) {
      const length = rest.readInt32LE(0);
      if (length < HEADER || length > LARGEST) throw new Error(`a message of ${length} bytes`);
      if (rest.length < length) break;
      frames.push(frameOf(rest.subarray(0, length)));
      rest = rest.subarray(length);
    }
    return frames;
  };
}

const frameOf = (bytes: Buffer): Frame => ({
  bytes,
  requestId: bytes.readInt32LE(4),
  responseTo: bytes.readInt32LE(8),
  opCode: bytes.readInt32LE(12),
});

/** A command on its way to the server. */
export interface Command {
  /** `insert`, `update`, `findAndModify`, `delete`, `find`, … */
  readonly name: string;
  /** The collection that it is about, where it is about one. */
  readonly collection: string | undefined;
  readonly database: string | undefined;
  /** The command's own document; rows of a bulk stand beside it and are left out. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** The command in a message; undefined where there is none, as in the first greeting of a driver. */
export function commandIn({ bytes, opCode }: Frame): Command | undefined {
  if (opCode !== OP_MSG) return undefined;
  for (let at = HEADER + 4; at < bytes.length; ) {
    const kind = bytes[at];
    const size = bytes.readInt32LE(at + 1);
    if (kind === 0) return described(BSON.deserialize(bytes.subarray(at + 1, at + 1 + size)));
    at += 1 + size;
  }
  return undefined;
}

function described(document: Record<string, unknown>): Command | undefined {
  const [first] = Object.entries(document);
  if (first === undefined) return undefined;
  const [name, about] = first;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return { name, collection: text(about), database: text(document.$db), document };
}

/** An answer to a request, as the server would have written it. */
export function answerTo(requestId: number, document: Record<string, unknown>): Buffer {
  const body = BSON.serialize(document);
  const header = Buffer.alloc(HEADER + 5);
  header.writeInt32LE(header.length + body.length, 0);
  header.writeInt32LE(requestId, 8);
  header.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([header, body]);
}
