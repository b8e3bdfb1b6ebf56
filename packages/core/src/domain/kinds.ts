/**
 * What an entry is, as people think of it. The one registry: every kind with its code at rest. Codes are written in
 * libraries and never change or get another meaning; a new kind takes the next free one.
 */
export const KIND_CODES = {
  unknown: 0,
  folder: 1,
  image: 2,
  video: 3,
  audio: 4,
  document: 5,
  text: 6,
  code: 7,
  archive: 8,
  font: 9,
  book: 10,
  database: 11,
  executable: 12,
  mesh: 13,
  config: 14,
  encrypted: 15,
  key: 16,
  link: 17,
  package: 18,
  disk_image: 19,
  subtitle: 20,
  calendar: 21,
  contact: 22,
  shortcut: 23,
  other: 24,
} as const;

export type Kind = keyof typeof KIND_CODES;
export type KindCode = (typeof KIND_CODES)[Kind];

export const KINDS = Object.keys(KIND_CODES) as [Kind, ...Kind[]];

/** The kind of a code at rest; a code from a newer version reads as `unknown`. */
export function kindOfCode(code: number): Kind {
  return KINDS[code] ?? 'unknown';
}

const EXTENSIONS: Partial<Record<Kind, string>> = {
  image:
    'jpg jpeg jpe jfif png apng gif webp bmp dib tif tiff heic heif heics heifs avif avifs jxl jp2 j2k jpx svg svgz ico cur icns psd psb xcf kra ora ai eps ' +
    'raw dng cr2 cr3 crw nef nrw arw sr2 srf orf rw2 raf pef srw x3f 3fr erf mrw rwl iiq exr hdr tga pcx ppm pgm pbm pnm dds qoi sketch afphoto afdesign',
  video:
    'mp4 m4v mov qt mkv webm avi wmv asf flv f4v mpg mpeg mpe m2v mts m2ts vob 3gp 3g2 ogv rm rmvb divx mxf y4m insv braw r3d',
  audio:
    'mp3 m4a m4b m4r aac flac wav wave ogg oga opus wma aif aiff aifc alac ape wv mka mid midi amr au snd ac3 dts dsf dff caf mpc tta ra xm mod s3m it',
  document:
    'pdf doc docx docm dot dotx odt ott fodt rtf pages xls xlsx xlsm xlsb xlt ods ots fods numbers ppt pptx pptm pps ppsx pot odp otp fodp key odg odf vsd vsdx pub wpd wps xps oxps tex ltx djvu djv one msg eml emlx mbox ps',
  text: 'txt text md markdown mdx rst adoc asciidoc org log nfo csv tsv tab psv diz textile wiki po pot',
  code:
    'js mjs cjs jsx ts mts cts tsx py pyw pyi ipynb rb rs go java kt kts scala groovy clj cljs c h cc cpp cxx hpp hxx hh m mm swift cs fs fsx vb php pl pm t lua r jl dart ex exs erl hrl hs lhs ml mli elm zig nim v d ' +
    'sh bash zsh fish ksh bat cmd ps1 psm1 sql html htm xhtml css scss sass less styl vue svelte astro asm s wat wasm graphql gql proto thrift cmake mk make gradle tf sol vim el lisp lsp scm rkt coffee f f90 f95 pas ada cob ' +
    'diff patch xml xsl xslt xsd dtd nix bzl bazel ino vert frag glsl hlsl wgsl cu cl',
  archive:
    'zip 7z rar tar gz tgz bz2 tbz tbz2 xz txz zst tzst lz lz4 lzma lzo br z cab ace arj lha lzh cpio ar sit sitx zipx war ear par2',
  font: 'ttf otf ttc otc woff woff2 eot pfb pfm afm bdf pcf fnt dfont',
  book: 'epub mobi azw azw3 azw4 kfx fb2 cbz cbr cb7 cbt lit prc ibooks',
  database:
    'db sqlite sqlite3 db3 mdb accdb dbf frm ibd myd realm parquet feather arrow orc avro hdf5 h5 rdb duckdb sdf kdb',
  executable: 'exe com scr elf so dll dylib sys ko o obj lib bin run out app msix appx jar class pyc pyo nexe',
  package:
    'deb rpm apk ipa pkg msi msp snap flatpak flatpakref appimage whl egg gem crate nupkg vsix xpi crx xapk aab pacman',
  mesh: 'obj stl ply fbx gltf glb dae 3ds blend usd usda usdc usdz step stp iges igs 3mf max c4d ma mb abc x3d wrl off dxf dwg skp f3d scad',
  config:
    'json jsonc json5 jsonl ndjson yaml yml toml ini cfg conf config properties env plist reg desktop service lock editorconfig webmanifest cnf prefs',
  encrypted: 'gpg pgp asc age aes enc vault kdbx axx cpt hc tc sdlibrary p7m',
  key: 'pem crt cer der p12 pfx p7b p7c csr pub ppk jks keystore gpgkey ovpn',
  disk_image: 'iso img dmg vhd vhdx vmdk vdi qcow qcow2 ova ovf toast nrg cue mdf mds sparseimage sparsebundle wim',
  subtitle: 'srt vtt ass ssa sub idx sup smi sbv lrc ttml dfxp',
  calendar: 'ics ical ifb vcs icbu',
  contact: 'vcf vcard abbu ldif',
  shortcut: 'lnk url webloc website appref-ms',
};

// Extensions that several kinds claim; the more common one wins. `desktop` files start programs.
const CLAIMED_BY: Readonly<Record<string, Kind>> = {
  key: 'document',
  obj: 'mesh',
  pub: 'document',
  pot: 'document',
  wasm: 'executable',
  jar: 'executable',
  desktop: 'shortcut',
  asc: 'encrypted',
  m: 'code',
  it: 'audio',
  t: 'code',
};

const CODE_OF_EXTENSION: ReadonlyMap<string, KindCode> = new Map([
  ...Object.entries(EXTENSIONS).flatMap(([kind, extensions]) =>
    extensions.split(' ').map((extension) => [extension, KIND_CODES[kind as Kind]] as const),
  ),
  ...Object.entries(CLAIMED_BY).map(([extension, kind]) => [extension, KIND_CODES[kind]] as const),
]);

// Names that say what they are without an extension, or in spite of theirs.
const CODE_OF_NAME: ReadonlyMap<string, KindCode> = new Map(
  Object.entries({
    text: 'README LICENSE LICENCE COPYING AUTHORS CHANGELOG CHANGES NEWS TODO INSTALL NOTICE CONTRIBUTING',
    code: 'Makefile makefile GNUmakefile Dockerfile Containerfile Vagrantfile Rakefile Gemfile Jenkinsfile Procfile CMakeLists.txt BUILD WORKSPACE Justfile justfile configure gradlew',
    config:
      '.gitignore .gitattributes .gitmodules .gitconfig .npmrc .editorconfig .bashrc .bash_profile .profile .zshrc .zprofile .vimrc .inputrc .dockerignore .env .prettierrc .eslintrc .babelrc .htaccess fstab hosts',
    key: 'id_rsa id_dsa id_ecdsa id_ed25519 id_rsa.pub id_dsa.pub id_ecdsa.pub id_ed25519.pub authorized_keys known_hosts',
  } satisfies Partial<Record<Kind, string>>).flatMap(([kind, names]) =>
    names.split(' ').map((name) => [name, KIND_CODES[kind as Kind]] as const),
  ),
);

/** The extensions that say what a file is. */
export function knownExtensions(): readonly string[] {
  return [...CODE_OF_EXTENSION.keys()];
}

const LONGEST_EXTENSION = 16;

/** What follows the last dot, lower-cased; empty where there is none, where it is the first character, or where it is no extension (spaces, too long). */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || name.length - dot - 1 > LONGEST_EXTENSION) return '';
  const extension = name.slice(dot + 1);
  return extension.includes(' ') ? '' : extension.toLowerCase();
}

/** The kind that a file's name promises. */
export function kindOfName(name: string): KindCode {
  const dot = name.lastIndexOf('.');
  const code =
    dot > 0 ? (CODE_OF_EXTENSION.get(name.slice(dot + 1)) ?? CODE_OF_EXTENSION.get(extensionOf(name))) : undefined;
  if (code === undefined) return CODE_OF_NAME.get(name) ?? KIND_CODES.unknown;
  // Of names with an extension only a few overrule it; those that end so are asked.
  return code === KIND_CODES.text || code === KIND_CODES.document ? (CODE_OF_NAME.get(name) ?? code) : code;
}

/** Codes of an entry that is not a file, by its type (1 folder, 2 symbolic link, 3 other). */
const KIND_OF_TYPE: readonly KindCode[] = [KIND_CODES.unknown, KIND_CODES.folder, KIND_CODES.link, KIND_CODES.other];

/** The kind by type and name alone, before the content was looked at. */
export function kindByName(type: number, name: string): KindCode {
  return type === 0 ? kindOfName(name) : (KIND_OF_TYPE[type] ?? KIND_CODES.other);
}
