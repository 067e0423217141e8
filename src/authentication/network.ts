import { isIPv4, isIPv6 } from 'node:net';

/**
 * What a network address is counted by: IPv4 as it is, also where it is v4-mapped (RFC 4291 section 2.5.5.2), else
 * the /64 of IPv6, all of which one host can have (RFC 6177). What is no address stands for itself.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%', 1);
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return address;
  const groups = groupsOf(plain);
  if (groups.slice(0, 6).join() === '0,0,0,0,0,65535') {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  }
  const prefix = groups.slice(0, 4).map((group) => group.toString(16));
  return `${prefix.join(':')}::/64`;
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const [before, after] = [written(head), written(tail ?? '')];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** Groups as they stand; one of IPv4 at the end is two groups. */
const written = (part: string): number[] =>
  part.split(':').flatMap((group) => {
    if (group === '') return [];
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
