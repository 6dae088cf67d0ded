import { expect, test } from 'vitest';
import { readConfig } from './config.server.ts';

test('without settings it listens on this machine alone', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 4321,
    origin: 'http://127.0.0.1:4321',
    originGiven: false,
  });
});

test('an empty setting counts as none', () => {
  expect(readConfig({ PORT: '', ORIGIN: '' })).toMatchObject({ port: 4321 });
});

test('bad settings are named, all of them', () => {
  expect(() => readConfig({ PORT: 'http', DATABASE_URL: 'mysql://x', ORIGIN: 'campus' })).toThrow(
    /PORT[\s\S]*ORIGIN[\s\S]*DATABASE_URL/,
  );
});

test('it does not open to a network in production without knowing its own address', () => {
  expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow(/Set ORIGIN/);
  expect(readConfig({ HOST: '0.0.0.0', ORIGIN: 'https://campus.example.org/home' }).origin).toBe(
    'https://campus.example.org',
  );
  expect(readConfig({ HOST: '::1' }).origin).toBe('http://[::1]:4321');
});

test('HOST=[::1] leads to an address that can be typed', () => {
  expect(readConfig({ HOST: '[::1]' }).origin).toBe('http://[::1]:4321');
});
