/** Asks for a port on the loopback. */
export interface ToHolder {
  readonly id: number;
}

/** The namespaces a command joins, each as `/proc/<pid>/ns` names it: `net:[4026532179]`. */
export interface NamespaceNames {
  readonly net: string;
  readonly user: string;
}

/** What the holder of a loopback says; with `open` comes the listening socket. */
export type FromHolder =
  | { readonly kind: 'ready'; readonly pid: number; readonly namespaces: NamespaceNames }
  | { readonly kind: 'open'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };
