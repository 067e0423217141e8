/** Base64url characters of a person's id that name the bucket of its rows: 2^18 buckets. */
export const BUCKET_LENGTH = 3;

const bucket = new RegExp(`^[A-Za-z0-9_-]{${BUCKET_LENGTH}}$`);

/** The bucket of an id, or of an index value, that begins with a person's id. */
export const bucketOf = (value: string): string => value.slice(0, BUCKET_LENGTH);

/** Whether a row with this id is kept where the value says. */
export const isInBucket = (id: string, value: string): boolean =>
  bucketOf(id) === bucketOf(value) && bucket.test(bucketOf(value));
