import type { CheckKind } from './checkCommands';

const passes =
  '(?:pass(?:es|ed|ing)?|succeed(?:s|ed)?|(?:is|are|was|were|comes? back|stays?|now|all)(?: now| all| still| also| both| completely| fully)* (?:green|clean|passing|successful|ok|okay|happy))';
const between = '[^.!?;:\\n]{0,40}?';

/** How a message says that a kind of check passes; the words around are looked at by `claimedChecks`. */
const claims: Readonly<Record<CheckKind, readonly RegExp[]>> = {
  test: [
    new RegExp(`\\b(?:tests?|test suite|suite|specs?)\\b${between}\\b${passes}\\b`, 'i'),
    /\b(?:passing|green) (?:\w+ )?(?:tests?|test suite)\b/i,
    /\b(?:passes|passed|passing) (?:all|every|both|its|the|\d+) (?:\w+ ){0,2}tests?\b/i,
    /\b\d+ (?:tests? )?pass(?:ed|ing)\b/i,
  ],
  lint: [
    new RegExp(`\\b(?:lint(?:er|ing|s)?|eslint|ruff|clippy)\\b${between}\\b${passes}\\b`, 'i'),
    /\b(?:no|zero|0|without) (?:\w+ )?lint(?:er|ing)? (?:errors|warnings|problems|issues)\b/i,
    /\blints (?:clean|cleanly)\b|\blint-clean\b/i,
  ],
  types: [
    new RegExp(
      `\\b(?:type[- ]?check(?:s|ing|er)?|types|tsc|mypy|pyright)\\b${between}\\b${passes}\\b`,
      'i',
    ),
    /\b(?:no|zero|0|without) (?:\w+ )?type(?:script)? errors\b/i,
    /\btype[- ]?checks(?: (?:clean|cleanly|fine|now))?(?=[.,;!]|$| and )/i,
  ],
  build: [
    new RegExp(`\\b(?:builds?|compilation)\\b${between}\\b${passes}\\b`, 'i'),
    /\b(?:builds|compiles)(?: (?:clean|cleanly|fine|successfully|again|now|without errors))(?=[.,;!]|$| and )/i,
  ],
};

/** Words that make a sentence a wish, a plan, a question or a failure instead of a claim. */
const noClaim =
  /\b(?:not|no longer|never|cannot|unable|without running|un(?:run|tested|verified)|should|would|could|will|shall|might|may|must|if|once|until|unless|when|whether|before|expect(?:ed|s)?|please|run|make sure|ensure|verify that|so that|to (?:pass|succeed|be green)|fail(?:s|ed|ing|ure|ures)?|only)\b|n['’]t\b|\?$/i;

/**
 * The kinds of check of which a message says that they pass. It errs on the side of hearing no claim: code, quotes and
 * sentences with a doubt, a plan or a failure in them are passed over.
 */
export function claimedChecks(message: string): readonly CheckKind[] {
  const sentences = message
    .replace(/```[^]*?(?:```|$)/g, '\n')
    .replace(/^>.*$/gm, '')
    .replace(/`([^`\n]*)`/g, '$1')
    .replace(/[*_#]+/g, '')
    .split(/(?<=[.!?;])\s+|\n+|, (?:but|and|so) |[(){}]/)
    .filter((sentence) => !noClaim.test(sentence.trim()));
  return (Object.keys(claims) as CheckKind[]).filter((kind) =>
    claims[kind].some((claim) => sentences.some((sentence) => claim.test(sentence))),
  );
}
