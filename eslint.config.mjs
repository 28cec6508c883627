import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const vscodeImport = {
  paths: [{ name: 'vscode', message: 'Only src/extension and its tests may know VS Code.' }],
};
const toolkitImport = {
  group: ['@vscode/webview-ui-toolkit', '@vscode/webview-ui-toolkit/*'],
  message: 'Controls come from components/controls.tsx, the one file to swap.',
};

/** What is looked up must be read from the sources, so it stands there as it is. */
const lookedUp = 'CallExpression[callee.object.name="l10n"][callee.property.name="t"]';
const restrictedSyntax = [
  { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
  {
    selector: `${lookedUp} > :first-child.arguments:not(Literal, ObjectExpression, SpreadElement)`,
    message: 'The text of l10n.t is a plain string.',
  },
];
const words = '[value=/[A-Za-z]{2}/]';
const read =
  'name.name=/^(?:aria-(?:label|description)|title|placeholder|alt|name|tooltip|summary|aside)$/';
const attribute = `JSXOpeningElement[name.name!="Icon"] > JSXAttribute[${read}]`;
const inElement = ':matches(JSXElement, JSXFragment) > JSXExpressionContainer';
const inAttribute = `${attribute} > JSXExpressionContainer`;
/** Texts for people that stand in elements of the view as they are; what comes from elsewhere a test looks at. */
const rawTexts = [
  `JSXText${words}`,
  `${attribute} > Literal${words}`,
  ...[inElement, inAttribute].flatMap((place) => [
    `${place} > Literal${words}`,
    `${place} > :matches(ConditionalExpression, LogicalExpression) > Literal${words}`,
    `${place} > TemplateLiteral > TemplateElement[value.raw=/[A-Za-z]{2}/]`,
  ]),
].map((selector) => ({ selector, message: 'Every text for people goes through l10n.t.' }));

/** Errors whose message is what people read; those of ToldError take a function, which the types see to. */
const toldErrors =
  'NewExpression[callee.name=/^(?:Request|Repository|Journal|ReviewTarget)Error$/]';
const rawErrors = ['Literal[value=/ /]', 'TemplateLiteral'].map((raw) => ({
  selector: `${toldErrors} > ${raw}.arguments`,
  message: 'What an error tells people goes through l10n.t.',
}));

export default tseslint.config(
  {
    ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', 'demo/workspace/'],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/require-await': 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': ['error', { ...vscodeImport, patterns: [toolkitImport] }],
      'no-restricted-syntax': ['error', ...restrictedSyntax],
      'no-control-regex': 'off',
    },
  },
  {
    files: ['src/**'],
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax, ...rawErrors] },
  },
  {
    files: ['src/extension/**', 'test/extension/**', 'test/bench/activationProbe.entry.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [toolkitImport] }] },
  },
  {
    files: ['webview-ui/src/components/controls.tsx'],
    rules: { 'no-restricted-imports': ['error', vscodeImport] },
  },
  {
    files: ['webview-ui/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-syntax': ['error', ...restrictedSyntax, ...rawTexts],
    },
  },
  {
    files: ['src/markdown.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        Buffer: 'readonly',
        __dirname: 'readonly',
        AbortSignal: 'readonly',
        performance: 'readonly',
      },
    },
  },
);
