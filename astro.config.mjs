// @ts-check
import { fileURLToPath } from 'node:url';
import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import node from '@astrojs/node';
import svelte from '@astrojs/svelte';
import { defineConfig } from 'astro/config';
import { numberColumns } from './src/features/catalog/number-columns.ts';

/**
 * Browsers run our machines on src/ui/statechart.ts: see docs/decisions/0012-machines-in-the-browser.md.
 * @type {import('vite').Plugin}
 */
const lightMachines = {
  name: 'light-machines',
  enforce: 'pre',
  resolveId(source) {
    if (source !== 'xstate' || this.environment.name !== 'client') return undefined;
    return fileURLToPath(new URL('./src/ui/statechart.ts', import.meta.url));
  },
};

export default defineConfig({
  output: 'server',
  // Requests come in through src/server.ts, which checks origins (JSON ones too) and sizes, and sets the headers.
  adapter: node({ mode: 'middleware', staticHeaders: true, bodySizeLimit: 256 * 1024 }),
  integrations: [mdx(), svelte()],
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  markdown: { syntaxHighlight: false, processor: satteri({ hastPlugins: [numberColumns] }) },
  security: {
    checkOrigin: false,
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ],
    },
  },
  vite: {
    plugins: [lightMachines],
    ssr: {
      external: [
        'better-sqlite3',
        'pg',
        '@node-rs/argon2',
        'kysely',
        'lucia',
        'nodemailer',
        'pino',
        'qrcode',
      ],
    },
  },
});
