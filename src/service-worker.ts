import { startPhoneWorker } from '#lib/worker/phone-worker.ts';
import type { PieceList } from '#lib/worker/pieces.ts';
import { passRingsOn, type RingScope } from '#lib/worker/ring-notification.ts';
import type { WorkerScope } from '#lib/worker/scope.ts';

const scope = self as unknown as WorkerScope &
	RingScope & {
		/** Put before this program when the build is finished (lib/worker/stamp). */
		readonly offhookPieces: PieceList;
	};

startPhoneWorker(scope, scope.offhookPieces);
passRingsOn(scope);
