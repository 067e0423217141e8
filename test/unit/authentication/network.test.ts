import { describe, expect, it } from 'vitest';
import { networkOf } from '../../../src/authentication/network.ts';

describe('the network of an address', () => {
  it.each([
    ['a neighbour of IPv4', '198.51.100.7', '198.51.100.8'],
    ['a neighbour of v4-mapped', '::ffff:198.51.100.7', '::ffff:198.51.100.8'],
    ['the next /64', '2001:db8:0:1::1', '2001:db8:0:2::1'],
    ['the loopback address of IPv6 and that of IPv4', '::1', '127.0.0.1'],
    ['::ffff outside its place', '::ffff:0:198.51.100.7', '198.51.100.7'],
    ['one piece of garbage and another', 'a', 'b'],
  ])('differs for %s', (_what, one, other) => {
    expect(networkOf(one)).not.toBe(networkOf(other));
  });

  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['::FFFF:c633:6407', '198.51.100.7'],
    ['0:0:0:0:0:ffff:198.51.100.7', '198.51.100.7'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::ffff:198.51.100.7%eth0', '198.51.100.7'],
    ['::', '0:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::198.51.100.7', '0:0:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0000:0000:ffff:ffff:ffff:ffff', '2001:db8:0:0::/64'],
    ['2001:db8::5:6:7:8', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3::', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['1:2:3:4:5:6:198.51.100.7', '1:2:3:4::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['fe80::2%1', 'fe80:0:0:0::/64'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it.each([
    '',
    'a',
    '1.2.3',
    '01.2.3.4',
    '1.2.3.4:80',
    ':::',
    '1::2::3',
    '[::1]',
    '%eth0',
    '1:2:3:4:5:6:7:8:9',
  ])('of %j, which is no address, is the text itself', (text) => expect(networkOf(text)).toBe(text));
});
