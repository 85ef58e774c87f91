"use client";
import { Button, Dropdown } from "@heroui/react";
import { Download } from "lucide-react";
import { ErrorPanel } from "../shell/error-panel";
import { plural } from "../ui/plural";
import { type ExportFile, useExport } from "./use-export";

interface ExportButtonProps {
	/** With more than one, a menu asks which. */
	files: readonly [ExportFile, ...ExportFile[]];
	/** The list shows nothing. */
	isEmpty: boolean;
	size?: "sm" | "md";
}

/** Takes a list away as a file: exactly what it is narrowed to, of all its pages. */
export function ExportButton({ files, isEmpty, size = "md" }: ExportButtonProps) {
	const { at, start, stop } = useExport();
	if (at.state === "busy")
		return (
			<span className="flex items-center gap-1.5">
				<Button size={size} variant="outline" isPending>
					<span className="num" aria-live="polite">
						Exporting{at.rows > 0 && `, ${plural(at.rows, "row")}`}
					</span>
				</Button>
				<Button size={size} variant="ghost" onPress={stop}>
					Stop
				</Button>
			</span>
		);
	if (isEmpty)
		return (
			<Button size={size} variant="outline" isDisabled>
				Nothing to export
			</Button>
		);
	return (
		<>
			{files.length === 1 ? (
				<Button size={size} variant="outline" onPress={() => void start(files[0])}>
					<Download size={14} aria-hidden />
					Export CSV
				</Button>
			) : (
				<Choice files={files} size={size} onChoose={(file) => void start(file)} />
			)}
			<span role="status" className="num text-[13px] text-muted empty:hidden">
				{at.state === "done" && `${plural(at.rows, "row")} exported`}
			</span>
			{at.state === "failed" && (
				<div className="basis-full">
					<ErrorPanel error={at.error} retry={() => void start(at.file)} />
				</div>
			)}
		</>
	);
}

interface ChoiceProps {
	files: readonly ExportFile[];
	size: "sm" | "md";
	onChoose: (file: ExportFile) => void;
}

function Choice({ files, size, onChoose }: ChoiceProps) {
	const choose = (path: string) => {
		const file = files.find((one) => one.path === path);
		if (file) onChoose(file);
	};
	return (
		<Dropdown>
			<Button size={size} variant="outline">
				<Download size={14} aria-hidden />
				Export CSV
			</Button>
			<Dropdown.Popover>
				<Dropdown.Menu aria-label="What to export" onAction={(key) => choose(String(key))}>
					{files.map(({ path, label }) => (
						<Dropdown.Item key={path} id={path}>
							{label}
						</Dropdown.Item>
					))}
				</Dropdown.Menu>
			</Dropdown.Popover>
		</Dropdown>
	);
}
