"use client";
import { Button, Dropdown } from "@heroui/react";
import { Columns3 } from "lucide-react";
import { type OrderColumn, orderColumnNames, orderColumnWords } from "@/lib/api/contract/order-columns";

interface ColumnChoiceProps {
	chosen: readonly OrderColumn[];
	/** Columns that say nothing here. */
	without: readonly OrderColumn[];
	isUsual: boolean;
	/** Null for the usual ones. */
	onChoose: (columns: OrderColumn[] | null) => void;
}

/** Which columns the list shows. The order's number stays: it is the way to the order. */
export function ColumnChoice({ chosen, without, isUsual, onChoose }: ColumnChoiceProps) {
	const offered = orderColumnNames.filter((name) => name !== "number" && !without.includes(name));
	const kept = chosen.filter((name) => !offered.includes(name));
	return (
		<Dropdown>
			<Button variant="outline">
				<Columns3 size={14} aria-hidden />
				Columns
			</Button>
			<Dropdown.Popover>
				<Dropdown.Menu aria-label="Columns" onAction={(key) => key === usualKey && onChoose(null)}>
					<Dropdown.Section
						aria-label="Shown"
						selectionMode="multiple"
						selectedKeys={chosen}
						onSelectionChange={(keys) =>
							onChoose(orderColumnNames.filter((name) => kept.includes(name) || keys === "all" || keys.has(name)))
						}
					>
						{offered.map((name) => (
							<Dropdown.Item key={name} id={name} textValue={orderColumnWords[name]}>
								{orderColumnWords[name]}
								<Dropdown.ItemIndicator />
							</Dropdown.Item>
						))}
					</Dropdown.Section>
					{!isUsual && (
						<Dropdown.Section aria-label="Back">
							<Dropdown.Item id={usualKey}>Show the usual columns</Dropdown.Item>
						</Dropdown.Section>
					)}
				</Dropdown.Menu>
			</Dropdown.Popover>
		</Dropdown>
	);
}

const usualKey = "usual columns";
