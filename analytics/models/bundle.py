"""versions"""
from __future__ import annotations
import hashlib, json
from collections.abc import Iterable
import numpy as np
def version_of(spec, estimator: str, data: Iterable[np.ndarray]) -> str:
    digest = hashlib.sha256(json.dumps(spec.as_json(), sort_keys=True).encode())
    digest.update(estimator.encode())
    for array in data:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:12]
