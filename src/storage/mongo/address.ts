import { StorageUnavailable } from '../contract.ts';

/** Where the database is, as an operator wrote it. */
export interface MongoAddress {
  readonly uri: string;
  readonly database: string;
  /** Hosts and database, without credentials: what messages name. */
  readonly server: string;
  /** Whether one member is to be talked to, whatever the set that it belongs to says. */
  readonly direct: boolean;
  /** Whether the address itself sets a driver's option; then it wins over what the engine would choose. */
  says(option: string): boolean;
}

// An @ further on belongs to a password that is not percent-encoded: what stands before it is then no host.
const shape = /^(mongodb(?:\+srv)?:\/\/)(?:[^@/?#[\]\s]*@)?([^@/?#\s]+)(?:\/([^@/?\s]*))?(?:\?([^@\s]*))?$/;
const hostShape = /^(?:\[[^[\]]+\]|[^:[\]]+)(?::\d+)?$/;
// https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions
const databaseName = /^[^/\\. "$*<>:|?\0]{1,63}$/;

const isHost = (host: string): boolean =>
  hostShape.test(host) && (host.endsWith('.sock') || URL.canParse(`http://${host}`));

interface Option {
  readonly name: string;
  readonly value: string;
}

const CONFIRMED = 'a write counts once a majority of the members has it in its journal';
const CURRENT = 'what was revoked must not be read as it was before';

/** What an acknowledged write and a revocation rest on is not the address's to loosen. */
const pinned: readonly { readonly options: string[]; readonly values: string[]; readonly reason: string }[] =
  [
    { options: ['w'], values: ['majority'], reason: CONFIRMED },
    { options: ['journal', 'j', 'fsync'], values: ['true'], reason: CONFIRMED },
    { options: ['readpreference'], values: ['primary'], reason: CURRENT },
    { options: ['readconcernlevel'], values: ['local', 'majority', 'linearizable'], reason: CURRENT },
  ];

/** Every one that is said counts: of two spellings of one name the driver takes either. */
const optionsOf = (query: string): Option[] =>
  [...new URLSearchParams(query)].map(([name, value]) => ({ name: name.toLowerCase(), value }));

const isDirect = ({ name, value }: Option): boolean => name === 'directconnection' && value !== 'false';

/** Why the address must not say this option; undefined if it may. */
const objection = ({ name, value }: Option): string | undefined =>
  pinned.find(({ options, values }) => options.includes(name) && !values.includes(value))?.reason;

const requireUnloosened = (server: string, options: readonly Option[]): void => {
  const refuse = ({ name, value }: Option, reason: string): never => {
    throw new StorageUnavailable(`${server}: leave ${name}=${value} out of the address: ${reason}`);
  };
  for (const option of options) {
    const reason = objection(option);
    if (reason !== undefined) refuse(option, reason);
  }
  const direct = options.find(isDirect);
  if (direct && options.some(({ name }) => name === 'replicaset')) refuse(direct, ONE_MEMBER);
};

/** Why a replica set is not talked to by way of one member. */
export const ONE_MEMBER = 'a member that is the primary no longer would go on being read';

/** Takes the address apart. Throws `StorageUnavailable` with a sentence that holds no credentials. */
export const parseAddress = (uri: string): MongoAddress => {
  const [, scheme, hosts, database = '', query = ''] = shape.exec(uri) ?? [];
  if (!scheme || !hosts?.split(',').every(isHost)) {
    throw new StorageUnavailable(
      'the address of the database is not of the form mongodb://host:27017/name (percent-encode @ : / ? # in a password)',
    );
  }
  const server = `${scheme}${hosts}/${database}`;
  if (!databaseName.test(database)) {
    throw new StorageUnavailable(
      `${server}: name the database in the address, as in ${scheme}${hosts}/motcua`,
    );
  }
  const options = optionsOf(query);
  requireUnloosened(server, options);
  return {
    uri,
    database,
    server,
    direct: options.some(isDirect),
    says: (option) => options.some(({ name }) => name === option.toLowerCase()),
  };
};
