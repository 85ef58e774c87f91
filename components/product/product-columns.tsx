import Link from "next/link";
import type { z } from "zod";
import type { productsContract } from "@/lib/api/contract/products";
import { fromStored } from "@/lib/canonical/units";
import type { Column } from "../table/data-table";

type Answer = z.output<NonNullable<(typeof productsContract.list)["~orpc"]["outputSchema"]>>;
export type Product = Answer["items"][number];

export function productColumns(showMerchant: boolean, href: (path: string) => string): Column<Product>[] {
	return [
		{ id: "sku", label: "SKU", cell: (row) => <code>{row.sku}</code> },
		{ id: "name", label: "Name", narrow: "detail", cell: (row) => row.name || "–" },
		...(showMerchant ? [{ id: "merchant", label: "Merchant", cell: (row: Product) => row.merchant.name }] : []),
		{ id: "weight", label: "Weight", align: "end", cell: (row) => weightWords(row.grams) },
		{ id: "size", label: "Size", align: "end", cell: (row) => sizeWords(row) },
		{ id: "codes", label: "Codes", cell: (row) => row.aliases.map(({ code }) => code).join(", ") || "–" },
		{ id: "warehouses", label: "From", narrow: "detail", cell: (row) => <Warehouses row={row} href={href} /> },
		{
			id: "carts",
			label: "Sold in",
			narrow: "status",
			cell: (row) =>
				row.carts.map(({ name }) => name).join(", ") || (
					<Link
						className="text-accent hover:underline"
						href={href(`mappings/sku-health?merchant=${row.merchant.id}&q=${encodeURIComponent(row.sku)}`)}
					>
						No cart
					</Link>
				),
		},
	];
}

function Warehouses({ row, href }: { row: Product; href: (path: string) => string }) {
	return (
		<>
			{row.warehouses.map(({ id, name, active }, place) => (
				<span key={id}>
					{place > 0 && ", "}
					<Link className="hover:underline" href={href(`connections/${id}`)}>
						{name}
					</Link>
					{!active && <span className="text-muted"> (inactive)</span>}
				</span>
			))}
		</>
	);
}

/** In grams below a kilogram. */
function weightWords(grams: number | null): string {
	if (grams === null) return "–";
	return grams < 1000 ? `${figure(grams)} g` : `${figure(fromStored(grams, "kg"))} kg`;
}

function sizeWords({ lengthMm, widthMm, heightMm }: Product): string {
	const sides = [lengthMm, widthMm, heightMm];
	if (sides.every((side) => side === null)) return "–";
	return `${sides.map((side) => (side === null ? "?" : figure(fromStored(side, "cm")))).join(" × ")} cm`;
}

const figure = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 2 });
