import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuery } from './parse.ts';
import { printQuery } from './print.ts';
import type { QueryProblem } from './problem.ts';

/** The canonical text of what was typed. */
function canonical(text: string): string {
  const parsed = parseQuery(text);
  assert.ok(parsed.ok, parsed.ok ? '' : `${text}: ${parsed.problem.message}`);
  return printQuery(parsed.value);
}
function problemOf(text: string): QueryProblem {
  const parsed = parseQuery(text);
  assert.ok(!parsed.ok, `${text} is understood`);
  return parsed.problem;
}
/** What the problem points at. */
function pointed(text: string): string {
  const { at } = problemOf(text);
  return text.slice(at.start, at.start + at.length);
}

test('terms, words and phrases stand side by side', () => {
  assert.equal(
    canonical('type:image  tag:holiday size:>5mb taken:2024 "exact words" -draft'),
    'type:image tag:holiday size:>5mb taken:2024 "exact words" -draft',
  );
  assert.equal(canonical(''), '');
  assert.equal(canonical('   '), '');
  assert.equal(canonical('"" a'), 'a');
});

test('any characters may be typed: what is no key of the language is text', () => {
  for (const [typed, printed] of [
    ['C:', '"C:"'],
    ['C:\\Users', '"C:\\\\Users"'],
    ['12:30', '12:30'],
    ['std::vector', '"std::vector"'],
    ['https://example.org/a?b=c', '"https://example.org/a?b=c"'],
    ['foo:bar', '"foo:bar"'],
    ['Re: offer', '"Re:" offer'],
    ['-', '"-"'],
    ['--', '"--"'],
    ['--flag', '"--flag"'],
    ['- a', '"-" a'],
    ['OR', '"OR"'],
    ['OR a', '"OR" a'],
    ['a OR', 'a "OR"'],
    ['a or b and not c', 'a "or" b "and" "not" c'],
    ['R AND D', 'R "AND" D'],
    ['a>b <3', '"a>b" "<3"'],
    ['photo (1).jpg', 'photo "(1).jpg"'],
    ['photo (1)', 'photo "(1)"'],
    ['song (live version)', 'song "(live" "version)"'],
    ['f(x)', '"f(x)"'],
    [':-)', '":-)"'],
    [')', '")"'],
    ['((', '"(("'],
    ['5"', '"5\\""'],
    ['a\\b', 'a\\b'],
    ['*?%_', '*?%_'],
    ['"open', '"open"'],
    ['"a \\"b\\" \\\\ c"', '"a \\"b\\" \\\\ c"'],
    ['\u0000\ud800', '\u0000\ud800'],
  ] as const)
    assert.equal(canonical(typed), printed);
});

test('OR binds the two beside it, brackets group, a minus negates', () => {
  assert.equal(canonical('a b OR c d'), 'a (b OR c) d');
  assert.equal(canonical('a OR b OR c'), '(a OR b OR c)');
  assert.equal(canonical('(tag:a type:image) OR name:b'), '((tag:a type:image) OR name:b)');
  assert.equal(canonical('(a b) OR c'), '((a b) OR c)');
  assert.equal(canonical('-(tag:a OR tag:b)'), '-(tag:a OR tag:b)');
  assert.equal(canonical('-(a b)'), '-(a b)');
  assert.equal(canonical('-(-(a b))'), 'a b');
  assert.equal(canonical('((tag:a))'), 'tag:a');
  assert.equal(canonical('(tag:a (1))'), 'tag:a "(1)"');
  assert.equal(canonical('-"two words"'), '-"two words"');
  assert.equal(canonical('-tag:x,y'), '-tag:x,y');
});

test('keys have other names, values other words', () => {
  assert.equal(canonical('KIND:Photos'), 'type:image');
  assert.equal(canonical('type:movie,disk-image'), 'type:video,disk_image');
  assert.equal(canonical('is:favourite'), 'is:favorite');
  assert.equal(canonical('favorite:no'), '-is:favorite');
  assert.equal(canonical('folder:"My Photos"'), 'in:"My Photos"');
  assert.equal(canonical('extension:PDF,tar.gz'), 'ext:PDF,tar.gz');
  assert.equal(canonical('tag:=x,"a, b"'), 'tag:=x,"a, b"');
  assert.equal(canonical('name:=x'), 'name:"=x"');
});

test('numbers: units, signs, ranges', () => {
  for (const [typed, printed] of [
    ['size:5mb', 'size:5mb'],
    ['size:5m', 'size:5mb'],
    ['size:1.5gb', 'size:1500mb..1599999999b'],
    ['size:>=1MiB', 'size:>=1mib'],
    ['size:≥1024', 'size:>=1kib'],
    ['size:<1kb', 'size:<1kb'],
    ['size:10mb..1mb', 'size:1mb..10mb'],
    ['size:1mb..', 'size:>=1mb'],
    ['size:..1mb', 'size:<=1mb'],
    ['size:=5mb', 'size:=5mb'],
    ['size:0', 'size:0b'],
    ['size:>5 mb', 'size:>5mb'],
    ['size:> 5 MB a', 'size:>5mb a'],
    ['size:512 bytes', 'size:512b'],
    ['duration:>10 minutes', 'duration:>10m'],
    ['width:> 4000', 'width:>=4001'],
    ['size:"5mb"', 'size:5mb'],
    ['rating:>=3', 'rating:>=3'],
    ['rating:5', 'rating:5'],
    ['width:>4000', 'width:>=4001'],
    ['height:1080px', 'height:1080'],
    ['duration:90s', 'duration:1m30s'],
    ['duration:90', 'duration:1m30s'],
    ['duration:1:02:03', 'duration:1h2m3s'],
    ['duration:>10m', 'duration:>10m'],
    ['dimensions:>=1920x1080', 'dimensions:>=1920x1080'],
    ['dim:1920×1080', 'dimensions:1920x1080'],
    ['place:48.3,11.4..48.1,11.7', 'place:48.1,11.4..48.3,11.7'],
    ['place:-10,170..10,-170', 'place:-10,170..10,-170'],
  ] as const)
    assert.equal(canonical(typed), printed);
});

test('times: periods, signs, ranges, spans ago', () => {
  for (const [typed, printed] of [
    ['modified:2024', 'modified:2024'],
    ['modified:2024-5', 'modified:2024-05'],
    ['modified:2024-05..2024-06', 'modified:2024-05..2024-06'],
    ['modified:>2024-02-29', 'modified:>2024-02-29'],
    ['modified:>=2024', 'modified:>=2024'],
    ['modified:2024..', 'modified:>=2024'],
    ['modified:..2024', 'modified:<=2024'],
    ['modified:7d', 'modified:<7d'],
    ['modified:<2weeks', 'modified:<2w'],
    ['modified:>30days', 'modified:>30d'],
    ['modified:7d..30d', 'modified:30d..7d'],
    ['modified:today', 'modified:today'],
    ['taken:lastweek', 'taken:last-week'],
    ['modified:last week', 'modified:last-week'],
    ['modified:"this  Month" a', 'modified:this-month a'],
    ['modified:3 days', 'modified:<3d'],
    ['modified:> 1 year a', 'modified:>1y a'],
    // A year, and a word of the name.
    ['modified:2024 week', 'modified:2024 week'],
    ['taken:2024/05/1', 'taken:2024-05-01'],
    ['taken:2024.05..2024.06', 'taken:2024-05..2024-06'],
    ['taken:2024-05-12t10:30', 'taken:2024-05-12T10:30'],
  ] as const)
    assert.equal(canonical(typed), printed);
});

test('what is wrong is pointed at, with what could stand there', () => {
  assert.equal(pointed('a type:imag b'), 'imag');
  assert.equal(problemOf('type:imag').suggestion, 'image');
  assert.match(problemOf('type:imag').expected ?? '', /kind/);
  assert.equal(pointed('type:image,vidoe'), 'vidoe');
  assert.equal(pointed('x catagory:y sise:5mb'), 'sise');
  assert.equal(problemOf('sise:5mb').suggestion, 'size');
  assert.equal(pointed('size:large'), 'large');
  assert.equal(pointed('modified:2023-02-29'), '2023-02-29');
  assert.equal(pointed('taken:2024..soon'), '2024..soon');
  assert.equal(pointed('rating:6'), '6');
  assert.equal(pointed('tag:'), 'tag:');
  assert.equal(pointed('-tag: x'), '-tag:');
  assert.equal(pointed('place:91,0..92,0'), '91,0..92,0');
  assert.equal(pointed('content:123'), '123');
  assert.equal(pointed('(tag:a OR tag:b'), '(');
  assert.equal(pointed('tag:a) b'), ')');
});

test('what other searches would understand is told in the words of this one', () => {
  /** The text with the suggestion put where it points. */
  const meant = (text: string): string | undefined => {
    const { at, suggestion } = problemOf(text);
    return suggestion === undefined
      ? undefined
      : text.slice(0, at.start) + suggestion + text.slice(at.start + at.length);
  };
  for (const [typed, told] of [
    ['size > 5mb a', 'size:>5mb a'],
    ['a size>=5mb', 'a size:>=5mb'],
    ['modified< 2024', 'modified:<2024'],
    ['size:5mb-1gb', 'size:5mb..1gb'],
    ['size:1,5gb', 'size:1.5gb'],
    ['rating:4+', 'rating:>=4'],
    ['taken:2024-05-2024-07', 'taken:2024-05..2024-07'],
    ['taken:01.05.2024', 'taken:2024-05-01'],
    ['taken:05/2024', 'taken:2024-05'],
    ['taken:31/12/2024', 'taken:2024-12-31'],
    ['taken:12/31/2024', 'taken:2024-12-31'],
    ['modified:yesteday', 'modified:yesterday'],
    ['type:pdf a', 'ext:pdf a'],
    ['is:untagged', '-is:tagged'],
    ['tag:a or tag:b', 'tag:a OR tag:b'],
    ['not tag:a', '-tag:a'],
    ['before:2024-05 a', 'modified:<2024-05 a'],
    ['filetype:pdf', 'ext:pdf'],
    ['created:2024', 'modified:2024'],
    ['tagg:holiday', 'tag:holiday'],
  ] as const) {
    assert.equal(meant(typed), told);
    assert.ok(parseQuery(told).ok, told);
  }
  assert.equal(meant('taken:05/06/2024'), undefined);
  assert.equal(pointed('type:image AND beach'), 'AND');
  assert.match(problemOf('near:48.1,11.5').expected ?? '', /place:/);
  // A negated term, or one of several values, has no other term in its place.
  assert.equal(problemOf('-type:pdf').suggestion, undefined);
  assert.equal(problemOf('type:image,pdf').suggestion, undefined);
});

test('where the words are looked for is said once, of the whole search', () => {
  assert.equal(canonical('in:contents report'), 'in:contents report');
  assert.equal(canonical('in:"contents"'), 'in:"contents"');
  assert.equal(canonical('in:names in:names a'), 'in:names in:names a');
  assert.equal(pointed('in:contents in:names a'), 'in:names');
  assert.equal(pointed('-in:contents a'), '-in:contents');
  assert.equal(pointed('(in:contents OR tag:a)'), 'in:contents');
});
