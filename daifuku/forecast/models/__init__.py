from daifuku.forecast.models.booked import Booked, Kept, Summed
from daifuku.forecast.models.setting import Setting, setting
from daifuku.forecast.models.target import Target

__all__ = ["Booked", "Kept", "Setting", "Summed", "Target", "setting"]
