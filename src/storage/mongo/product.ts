import type { Connection } from 'mongoose';
import { z } from 'zod';
import { StorageUnavailable } from '../contract.ts';
import { type MongoAddress, ONE_MEMBER } from './address.ts';

// https://www.mongodb.com/docs/manual/reference/command/buildInfo/ and …/hello/
const buildInfoReply = z.object({
  version: z.string(),
  ferretdb: z.object({ version: z.string() }).optional(),
  ferretdbVersion: z.string().optional(),
});
const helloReply = z.object({
  setName: z.string().optional(),
  msg: z.string().optional(),
  hosts: z.array(z.string()).default([]),
  passives: z.array(z.string()).default([]),
});

/** The server's make. */
export interface Product {
  /** For people: "MongoDB 8.0.4 (replica set rs0)", "FerretDB 2.7.0". */
  readonly label: string;
  readonly sharded: boolean;
}

const describe = (
  build: z.infer<typeof buildInfoReply>,
  hello: Pick<z.infer<typeof helloReply>, 'setName' | 'msg'>,
): Product => {
  const ferretdb = build.ferretdb?.version ?? build.ferretdbVersion;
  if (ferretdb !== undefined) return { label: `FerretDB ${ferretdb.replace(/^v/, '')}`, sharded: false };
  const sharded = hello.msg === 'isdbgrid';
  const form = sharded ? 'sharded cluster' : hello.setName ? `replica set ${hello.setName}` : 'standalone';
  return { label: `MongoDB ${build.version} (${form})`, sharded };
};

/**
 * Asks the server what it is. Throws `StorageUnavailable` for one that is known to lose writes, and for a set of
 * which the address lets one member alone be seen.
 */
export const identify = async (
  connection: Connection,
  { server, direct }: Pick<MongoAddress, 'server' | 'direct'>,
): Promise<Product> => {
  const admin = connection.getClient().db('admin');
  const [build, hello] = await Promise.all([admin.command({ buildInfo: 1 }), admin.command({ hello: 1 })]);
  const { hosts, passives, ...form } = helloReply.parse(hello);
  const product = describe(buildInfoReply.parse(build), form);
  if (/^FerretDB [01]\./.test(product.label)) {
    throw new StorageUnavailable(
      `${server}: ${product.label} loses concurrent writes; use FerretDB 2 or MongoDB`,
    );
  }
  if (direct && hosts.length + passives.length > 1) {
    throw new StorageUnavailable(`${server}: leave directConnection=true out of the address: ${ONE_MEMBER}`);
  }
  return product;
};
