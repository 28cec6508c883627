/** True for this machine, which needs neither a network nor a key. `host` is as in a URL, with or without a port. */
export function isLoopback(host: string): boolean {
  return /^(localhost|[^:]*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1\])(:\d+)?$/i.test(host);
}
