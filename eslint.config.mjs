// @ts-check
import { defineConfig, globalIgnores } from 'eslint/config';
import astro from 'eslint-plugin-astro';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

// Retired by its authors: leaving it must stay a change to one file.
const lucia = { regex: '^lucia$', message: 'Only accounts/session.server.ts knows lucia.' };

/**
 * A file's ending says where it runs; this says what such files may not import.
 *
 * @returns {import('eslint').Linter.Config}
 */
const barred = (
  /** @type {string} */ files,
  /** @type {string} */ message,
  /** @type {string[]} */ ...patterns
) => ({
  files: [files],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [{ regex: patterns.join('|'), message }, lucia],
      },
    ],
  },
});
const endings = (/** @type {string} */ kinds) => `\\.(${kinds})(\\.ts)?$`;
// A feature is one flat folder, so `../` always leaves it.
// What was learnt and what is asked are everybody's words; the rest of a feature is its own.
const otherFeature = '^(#features/(?!(learning-log|questions)/)|\\.\\./)';
const runtime = '^(astro:|node:|kysely$|better-sqlite3$)';
export default defineConfig(
  globalIgnores(['dist', '.astro', 'data', 'test-results', 'playwright-report']),
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  astro.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs'] },
        extraFileExtensions: ['.svelte', '.astro'],
      },
    },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  { files: ['**/*.{mjs,astro}'], extends: [ts.configs.disableTypeChecked] },

  {
    files: ['**/*.{ts,mjs,svelte,astro}'],
    rules: { 'no-restricted-imports': ['error', { patterns: [lucia] }] },
  },
  // ESLint keeps only the last of these that matches a file, so each kind of file gets exactly one.
  barred(
    'src/features/**/*.astro',
    'A feature imports itself, the learning log, questions, ui and platform.',
    otherFeature,
  ),
  barred(
    'src/features/**/!(*.*).ts',
    'Pure code imports only pure code.',
    otherFeature,
    runtime,
    endings('machine|client|store|server|svelte|astro'),
  ),
  barred(
    'src/features/**/*.machine.ts',
    'A machine imports only pure code.',
    otherFeature,
    runtime,
    endings('client|store|server|svelte|astro'),
  ),
  barred(
    'src/features/**/*.{svelte,svelte.ts,client.ts}',
    'Browser code never imports server code.',
    otherFeature,
    runtime,
    endings('store|server|astro'),
  ),
  barred(
    'src/features/**/*.store.ts',
    'A store holds SQL and pure code.',
    otherFeature,
    '^(astro:|node:)',
    endings('machine|client|server|svelte|astro'),
  ),
  barred(
    'src/features/**/*.server.ts',
    'Server code never imports browser code.',
    otherFeature,
    endings('client|svelte|astro'),
  ),
  {
    files: ['src/features/accounts/session.server.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: `${otherFeature}|${endings('client|svelte|astro')}` }] },
      ],
    },
  },
  barred('src/ui/**', 'Plain components know no feature.', '^#features/'),
  barred('src/platform/**/*.ts', 'The platform knows no feature.', '^#(?!platform/)'),
  barred(
    'src/platform/**/!(*.*).ts',
    'Pure code imports only pure code.',
    '^#(?!platform/)',
    '^(astro:|node:|better-sqlite3$)',
    endings('client|store|server|svelte|astro'),
  ),
);
