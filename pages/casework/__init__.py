"""What lead professionals see."""
