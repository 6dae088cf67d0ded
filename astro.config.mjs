// @ts-check
import mdx from '@astrojs/mdx';
import node from '@astrojs/node';
import svelte from '@astrojs/svelte';
import { defineConfig } from 'astro/config';

export default defineConfig({
  output: 'server',
  // Requests come in through src/server.ts, which checks origins (JSON ones too) and sizes, and sets the headers.
  adapter: node({ mode: 'middleware', staticHeaders: true, bodySizeLimit: 256 * 1024 }),
  integrations: [mdx(), svelte()],
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  markdown: { syntaxHighlight: false },
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
