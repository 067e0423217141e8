// Run once, on the first member, from inside its machine or container:
//   docker compose exec mongo1 mongosh --quiet /init/replica-set.js
// Makes the set and its accounts: `motcua` for the program, `backup` for mongodump, and `admin` for you, who may make
// others. Each has the password of its file in secrets/. It may be run again: what is there stays.
const { readFileSync } = require('node:fs');

const passwordOf = (name) => readFileSync(`/run/secrets/mongo_password_${name}`, 'utf8').trim();
const members = ['mongo1', 'mongo2', 'mongo3'].map((name, _id) => ({ _id, host: `${name}:27017` }));
const accounts = [
  { user: 'admin', roles: ['userAdminAnyDatabase', 'clusterAdmin'] },
  { user: 'backup', roles: ['backup', 'restore'] },
  { user: 'motcua', roles: [{ role: 'readWrite', db: 'motcua' }] },
];

try {
  rs.initiate({ _id: 'rs0', members });
} catch (error) {
  if (error.codeName !== 'AlreadyInitialized' && error.codeName !== 'Unauthorized') throw error;
}

const isPrimary = () => db.hello().isWritablePrimary;
for (let second = 0; second < 60 && !isPrimary(); second += 1) sleep(1000);
if (!isPrimary())
  throw new Error('no primary after a minute: run this on the member that is primary, or see rs.status()');

// The first account may be made from the machine itself without another ("localhost exception"); it makes the others.
const admin = db.getSiblingDB('admin');
const ALREADY_EXISTS = 51003;
const make = ({ user, roles }) => {
  try {
    admin.createUser({ user, pwd: passwordOf(user), roles });
    print(`made the account "${user}"`);
  } catch (error) {
    if (error.code !== ALREADY_EXISTS && error.codeName !== 'Unauthorized') throw error;
    print(`the account "${user}" is there already`);
  }
  if (user === 'admin') admin.auth(user, passwordOf(user));
};
accounts.forEach(make);
print('The replica set rs0 is ready.');
