/** Letters that no decomposition turns into plain ones. */
const plain: Record<string, string> = {
	ß: "ss",
	Æ: "AE",
	æ: "ae",
	Ø: "O",
	ø: "o",
	Œ: "OE",
	œ: "oe",
	Ł: "L",
	ł: "l",
	Đ: "D",
	đ: "d",
	Þ: "Th",
	þ: "th",
	ı: "i",
	"’": "'",
	"‘": "'",
	"“": '"',
	"”": '"',
	"–": "-",
	"—": "-",
};
const latin = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;
const ascii = /^[\x20-\x7e]*$/;

/**
 * A text as a label can hold it: accents are taken off where only plain letters are possible. `strange` is the first
 * character that cannot be written, null when all can.
 */
export function onLabel(text: string, characters: "latin" | "ascii"): { text: string; strange: string | null } {
	const allowed = characters === "latin" ? latin : ascii;
	const written = characters === "latin" ? text : [...text].map(plainOf).join("");
	const strange = [...written].find((character) => !allowed.test(character)) ?? null;
	return { text: strange ? text : written, strange };
}

function plainOf(character: string): string {
	return plain[character] ?? character.normalize("NFD").replace(/\p{Mark}/gu, "");
}
