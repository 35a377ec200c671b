"""A chat model to talk to: Ollama, or llama.cpp in this process.

The one seam is `ChatModel`. This room knows nothing of interviews, prompts or grades.
"""
