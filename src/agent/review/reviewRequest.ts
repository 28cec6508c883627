import type { ReviewDiff } from '../../ports/reviewDiffs';
import type { FileChangeSummary } from '../../protocol/items';
import type { ModelItem } from '../../protocol/modelItem';
import { findingPlace, type ReviewFinding } from '../../protocol/review';

/** Characters of diff a request carries for each token the model can read: about a quarter of its window. */
const charactersPerWindowToken = 1;
/** One file's share at most; the reviewer reads the rest by itself. */
const maxFileShare = 0.25;
/** Files that are listed at all. */
const maxListed = 1000;

/** Files nobody reviews line by line. */
const generated =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|Cargo\.lock|Gemfile\.lock|composer\.lock|poetry\.lock|uv\.lock|go\.sum)$|\.(min\.(js|css)|map|snap)$/;

/** What the reviewer is asked: the files with their counts, the diff as far as it fits, and what the person added. */
export function reviewRequest(
  diff: ReviewDiff,
  options: {
    /** Tokens the model can read. */
    readonly contextWindow: number;
    /** What the person wants looked at; empty where they said nothing. */
    readonly instruction: string;
    /** What was reported before and is not to be said again. */
    readonly known: readonly ReviewFinding[];
  },
): ModelItem {
  const total = options.contextWindow * charactersPerWindowToken;
  let room = total;
  const shown: string[] = [];
  const listed = diff.files.map((file) => {
    const cost = file.diff.length;
    const fits = cost <= room && cost <= total * maxFileShare && !generated.test(file.path);
    if (fits && cost > 0) {
      room -= cost;
      shown.push(`--- ${file.path} (${file.kind})\n${file.diff}`);
    }
    return `${line(file)}${fits ? '' : ', too long to show here: read it yourself'}`;
  });
  const more = listed.length - maxListed;
  if (more > 0) listed.splice(maxListed, more, `and ${more} more files`);
  const known = options.known.map((finding) => `${findingPlace(finding)}: ${finding.title}`);
  const parts = [
    `Review these changes. ${diff.how} Line numbers of the new version stand behind the + of each @@ line.`,
    ...(options.instruction ? [section('instruction_of_the_person', options.instruction)] : []),
    ...(known.length > 0 ? [section('reported_before', known.join('\n'))] : []),
    section('files', listed.join('\n')),
    section('diff', shown.join('\n')),
  ];
  return {
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text: parts.join('\n\n') }],
  };
}

function line({ path, kind, added, removed, diff }: FileChangeSummary): string {
  return `${kind} ${path} +${added} -${removed}${diff === '' ? ', no text to show' : ''}`;
}

function section(tag: string, text: string): string {
  return `<${tag}>\n${text.trimEnd()}\n</${tag}>`;
}
