import type { DocumentSelector, Uri } from 'vscode';

export const baselineScheme = 'tandem-baseline';

/** The documents in which changes can be settled: files, and the baselines that stand for deleted ones. */
export const reviewedDocuments: DocumentSelector = [{ scheme: 'file' }, { scheme: baselineScheme }];

/** The read-only document with the last accepted text of a file. */
export function baselineUri(file: Uri): Uri {
  return file.with({ scheme: baselineScheme });
}
