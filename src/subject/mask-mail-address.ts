/** Enough for its owner to know which mailbox it is, too little to write to: "b•••@congdan.example". */
export const maskMailAddress = (address: string): string => address.replace(/^(.)[^@]*/u, '$1•••');
