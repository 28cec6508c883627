const secretName = /key|token|secret|passw|passphrase|credential|auth|dsn|connection_?string/i;
/** Names that look secret and hold what every log may say. */
const harmlessName = /keyboard|keymap|_path$|_file$|_dir$|socket|sock$|^ssh_auth_sock$|xauthority/i;

/** The values of an environment that must not be written anywhere: by their name, or for a password inside an address. */
export function environmentSecrets(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (!value) return [];
    if (secretName.test(name) && !harmlessName.test(name)) return [value];
    const address = /:\/\/(?:[^/\s@:]*):([^/\s@]+)@/.exec(value)?.[1];
    return address === undefined ? [] : [address];
  });
}
