import { EmptyState } from "@/components/shell/empty-state";

export default function HubNotFound() {
	return (
		<EmptyState kind="filtered" title="There is no such page here">
			It does not exist, or it belongs to somebody else. Use the menu, or press Ctrl K to search.
		</EmptyState>
	);
}
