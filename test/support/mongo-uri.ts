/** `mongodb://user:secret@a:1,b:2/name?options` in its parts; the standard `URL` knows no lists of hosts. */
const PARTS = /^(mongodb(?:\+srv)?):\/\/(?:([^@/]*)@)?([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

const partsOf = (uri: string) => {
  const [whole, scheme, user, hosts = '', name = '', options] = PARTS.exec(uri) ?? [];
  // The address is not repeated: it may hold a password.
  if (whole === undefined) throw new Error('MONGODB_URI is no mongodb:// or mongodb+srv:// address');
  return { scheme, user, hosts, name, options };
};

/** The hosts of a server's address, without user and password: what may be printed. */
export const hostsOf = (uri: string): string[] => partsOf(uri).hosts.split(',');

/** The same server's address with this database in it. */
export const withDatabase = (uri: string, database: string): string => {
  const { scheme, user, hosts, name, options } = partsOf(uri);
  const query = new URLSearchParams(options);
  // Without it the credentials would be looked for in the new database.
  if (user && name && !query.has('authSource')) query.set('authSource', name);
  const credentials = user === undefined ? '' : `${user}@`;
  return `${scheme}://${credentials}${hosts}/${database}${query.size > 0 ? `?${query}` : ''}`;
};
